package shop.orders.web;

import io.opentelemetry.api.trace.Span;
import java.util.Map;
import java.util.NoSuchElementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import shop.orders.stock.StockFailure;

/** Turns exceptions into answers. */
@RestControllerAdvice
class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  @ExceptionHandler({BadRequest.class, HttpMessageNotReadableException.class,
      MethodArgumentTypeMismatchException.class})
  ResponseEntity<Map<String, String>> bad(Exception e) {
    return answer(400, e.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<Map<String, String>> unknown(NoSuchElementException e) {
    return answer(404, e.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<Map<String, String>> upstream(StockFailure e) {
    return answer(e.status(), e.getMessage());
  }

  /** No connection to the store, or it broke. */
  @ExceptionHandler({CannotCreateTransactionException.class, DataAccessResourceFailureException.class})
  ResponseEntity<Map<String, String>> store(Exception e) {
    report("the store is not available", e);
    return answer(503, "the store is not available");
  }

  @ExceptionHandler
  ResponseEntity<Map<String, String>> other(Exception e) {
    if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return answer(known.getStatusCode().value(), e.getMessage());
    }
    report("request failed", e);
    return answer(500, "internal error");
  }

  private static void report(String what, Exception e) {
    Span.current().recordException(e);
    log.error(what, e);
  }

  private static ResponseEntity<Map<String, String>> answer(int status, String why) {
    return ResponseEntity.status(status).body(Map.of("error", String.valueOf(why)));
  }
}
