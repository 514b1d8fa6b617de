package shop.orders.web;

import java.math.BigDecimal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.book.Refund;
import shop.orders.book.RefundBook;

@RestController
class RefundsApi {
  private static final Logger log = LoggerFactory.getLogger(RefundsApi.class);

  private final RefundBook book;

  RefundsApi(RefundBook book) {
    this.book = book;
  }

  @PostMapping("/api/refunds")
  @ResponseStatus(HttpStatus.CREATED)
  Refund book(@RequestBody Request request) {
    if (request.orderId() < 1 || request.amount() == null || request.amount().signum() <= 0) {
      throw new BadRequest("orderId and amount must be positive");
    }
    Refund refund = book.book(request.orderId(), request.amount());
    log.info("refund {} of {} for order {} {}", refund.id(), refund.amount(), refund.orderId(), refund.status());
    return refund;
  }

  record Request(long orderId, BigDecimal amount) {}
}
