package dev.keysmith.core.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a durable event. On a public record of ids, numbers, short texts and instants: no secret
 * and no personal data.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {

  /**
   * Entity and past participle, for instance {@code user.imported}. Stored with recorded events, so
   * it outlives the class and is never changed.
   */
  String value();

  /**
   * Whether an observer waits for others, such as an identity provider or a mail server. Such
   * events have threads of their own, so that short ones never stand behind them.
   */
  boolean slow() default false;
}
