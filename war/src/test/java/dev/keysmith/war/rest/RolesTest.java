package dev.keysmith.war.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RolesTest {

  @Test
  void eachResourceMethodSaysWhoMayCallIt() {
    List<Method> methods = resources().flatMap(RolesTest::resourceMethods).toList();

    assertThat(methods).isNotEmpty().allSatisfy(method -> assertThat(isGuarded(method)).isTrue());
  }

  private static boolean isGuarded(Method method) {
    return !method.isAnnotationPresent(PermitAll.class)
        && (method.isAnnotationPresent(RolesAllowed.class)
            || method.isAnnotationPresent(DenyAll.class)
            || method.getDeclaringClass().isAnnotationPresent(RolesAllowed.class));
  }

  private static Stream<Method> resourceMethods(Class<?> resource) {
    return Arrays.stream(resource.getDeclaredMethods())
        .filter(
            method ->
                Arrays.stream(method.getAnnotations())
                    .anyMatch(it -> it.annotationType().isAnnotationPresent(HttpMethod.class)));
  }

  /** Every class of the application that has a path, wherever it is. */
  private static Stream<Class<?>> resources() {
    try {
      java.nio.file.Path root =
          Paths.get(Api.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      List<String> names;
      try (Stream<java.nio.file.Path> files = Files.walk(root)) {
        names =
            files
                .map(file -> root.relativize(file).toString())
                .filter(file -> file.startsWith("dev") && file.endsWith(".class"))
                .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
                .toList();
      }
      return names.stream()
          .<Class<?>>map(RolesTest::load)
          .filter(it -> it.isAnnotationPresent(Path.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (java.net.URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, RolesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
