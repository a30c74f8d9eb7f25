package dev.keysmith.core.access;

import dev.keysmith.core.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Refuses calls by callers whom {@link Allowed} does not name, and calls without a caller, before a
 * transaction begins.
 */
@Allowed
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class AllowedGuard {

  @Inject Caller caller;
  @Inject Event<RefusedCall> refused;

  /** Lets the call pass, or not. */
  @AroundInvoke
  public Object guard(InvocationContext call) throws Exception {
    if (!isAllowed(rule(call.getMethod()))) {
      refused.fire(new RefusedCall(name(call.getMethod()), Caller.addressOf(caller).orElse("")));
      throw ProblemException.forbidden(AccessMessage.ROLE_MISSING);
    }
    return call.proceed();
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  private boolean isAllowed(Allowed rule) {
    return NamedCaller.present()
        .map(named -> named.mayCall(rule))
        .orElseGet(
            () -> Caller.roleOf(caller).filter(Arrays.asList(rule.value())::contains).isPresent());
  }

  private static Allowed rule(Method method) {
    Allowed own = method.getAnnotation(Allowed.class);
    return own == null ? method.getDeclaringClass().getAnnotation(Allowed.class) : own;
  }
}
