package dev.keysmith.core.access;

import dev.keysmith.core.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
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
    Allowed rule = call.getMethod().getAnnotation(Allowed.class);
    if (role.isPresent() && !Arrays.asList(rule.value()).contains(role.get())) {
      throw ProblemException.forbidden("sign-in.role-missing", "Your role does not allow this.");
    }
    return call.proceed();
  }
}
