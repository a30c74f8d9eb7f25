package dev.keysmith.core.access;

import dev.keysmith.core.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;

/** Refuses calls by operators whom {@link Allowed} does not name, before a transaction begins. */
@Allowed
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class AllowedGuard {

  @Inject Caller caller;

  /** Lets the call pass, or not. */
  @AroundInvoke
  public Object guard(InvocationContext call) throws Exception {
    Optional<Role> role = Caller.roleOf(caller);
    if (role.isPresent() && !Arrays.asList(rule(call.getMethod()).value()).contains(role.get())) {
      throw ProblemException.forbidden("sign-in.role-missing", "Your role does not allow this.");
    }
    return call.proceed();
  }

  private static Allowed rule(Method method) {
    Allowed own = method.getAnnotation(Allowed.class);
    return own == null ? method.getDeclaringClass().getAnnotation(Allowed.class) : own;
  }
}
