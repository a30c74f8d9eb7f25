package dev.keysmith.core.access;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the operators who may call a method, by whatever way they come: panel, API, or one that is
 * added later. The server itself may call everything; a call for which no caller was named is
 * refused.
 */
@Documented
@InterceptorBinding
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Allowed {

  /** The roles. */
  @Nonbinding
  Role[] value() default {};

  /** Callers that are no operators, besides the server itself. */
  @Nonbinding
  NamedCaller[] also() default {};
}
