package dev.keysmith.war.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolesTest {

  @Test
  void eachResourceMethodSaysWhoMayCallIt() {
    List<Method> methods = Resources.methods().toList();

    assertThat(methods).isNotEmpty().allSatisfy(method -> assertThat(isGuarded(method)).isTrue());
  }

  private static boolean isGuarded(Method method) {
    return !method.isAnnotationPresent(PermitAll.class)
        && (method.isAnnotationPresent(RolesAllowed.class)
            || method.isAnnotationPresent(DenyAll.class)
            || method.getDeclaringClass().isAnnotationPresent(RolesAllowed.class));
  }
}
