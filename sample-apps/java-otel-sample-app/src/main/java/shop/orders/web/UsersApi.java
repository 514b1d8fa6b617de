package shop.orders.web;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.book.User;
import shop.orders.book.Users;

@RestController
class UsersApi {
  private static final int PAGE = 20;

  private final Users users;
  private final Caller caller;

  UsersApi(Users users, Caller caller) {
    this.users = users;
    this.caller = caller;
  }

  @GetMapping(path = "/api/users", params = "id")
  User user(@RequestParam int id) {
    caller.is(id);
    return users.find(id).orElseThrow(() -> new NoSuchElementException("no such user"));
  }

  @GetMapping(path = "/api/users", params = "!id")
  Map<String, List<User>> users() {
    return Map.of("users", users.first(PAGE));
  }
}
