package dev.keysmith.war.rest;

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

/** What the application answers to: found among its classes, wherever they are. */
public final class Resources {

  private Resources() {}

  /** Every method that a request can reach. */
  public static Stream<Method> methods() {
    return resources().flatMap(Resources::methodsOf);
  }

  private static Stream<Method> methodsOf(Class<?> resource) {
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
          .<Class<?>>map(Resources::load)
          .filter(it -> it.isAnnotationPresent(Path.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (java.net.URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Resources.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
