package dev.keysmith.war.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolesTest {

  /** What must be open to everybody, because it is the way in. */
  private static final List<String> OPEN =
      List.of("ActivationResource.redeem", "StationPairingResource.pair");

  @Test
  void eachResourceMethodSaysWhoMayCallIt() {
    List<Method> methods = Resources.methods().toList();

    assertThat(methods).isNotEmpty().allSatisfy(method -> assertThat(isGuarded(method)).isTrue());
  }

  private static boolean isGuarded(Method method) {
    String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    boolean open = method.isAnnotationPresent(PermitAll.class);
    return open == OPEN.contains(name)
        && (open
            || method.isAnnotationPresent(RolesAllowed.class)
            || method.isAnnotationPresent(DenyAll.class)
            || method.getDeclaringClass().isAnnotationPresent(RolesAllowed.class));
  }
}
