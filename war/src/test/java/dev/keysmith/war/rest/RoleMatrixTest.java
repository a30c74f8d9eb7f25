package dev.keysmith.war.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may do what at the API, written down a second time: a change needs both. */
class RoleMatrixTest {

  @Test
  void letsEachRoleDoWhatTheMatrixSaysAndNothingElse() throws IOException {
    assertThat(Resources.methods().map(RoleMatrixTest::line).sorted().toList())
        .as("the lines of role-matrix.txt")
        .containsExactlyElementsOf(matrix().toList());
  }

  private static Stream<String> matrix() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RoleMatrixTest.class.getResourceAsStream("role-matrix.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"));
    }
  }

  private static String line(Method method) {
    return method.getDeclaringClass().getSimpleName()
        + "."
        + method.getName()
        + ": "
        + roles(method);
  }

  private static String roles(Method method) {
    if (method.isAnnotationPresent(DenyAll.class)) {
      return "nobody";
    }
    if (method.isAnnotationPresent(PermitAll.class)) {
      return "everybody";
    }
    RolesAllowed own = method.getAnnotation(RolesAllowed.class);
    RolesAllowed rule =
        own != null ? own : method.getDeclaringClass().getAnnotation(RolesAllowed.class);
    return Arrays.stream(rule.value()).sorted().collect(Collectors.joining(" "));
  }
}
