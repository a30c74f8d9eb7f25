package dev.keysmith.war.panel.page;

import dev.keysmith.core.access.Role;
import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Who may call the bean of a page, or one of its methods; the method's word goes first. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface OnlyFor {

  /** The roles; none means everybody, signed in or not. */
  @Nonbinding
  Role[] value();
}
