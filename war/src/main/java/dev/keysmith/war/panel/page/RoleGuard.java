package dev.keysmith.war.panel.page;

import dev.keysmith.core.access.AccessMessage;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.login.caller.CurrentOperator;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.util.List;

/** Refuses calls of page beans by roles that {@link OnlyFor} does not name. */
@OnlyFor({})
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class RoleGuard implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject transient CurrentOperator operator;

  /** Lets the call pass, or not. */
  @AroundInvoke
  public Object guard(InvocationContext call) throws Exception {
    OnlyFor method = call.getMethod().getAnnotation(OnlyFor.class);
    OnlyFor rule =
        method != null ? method : call.getMethod().getDeclaringClass().getAnnotation(OnlyFor.class);
    List<Role> roles = rule == null ? List.of() : List.of(rule.value());
    boolean everybody = rule != null && roles.isEmpty();
    if (!everybody && !(operator.isSignedIn() && roles.contains(operator.principal().role()))) {
      throw ProblemException.forbidden(AccessMessage.ROLE_MISSING);
    }
    return call.proceed();
  }
}
