package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.access.Role;
import dev.keysmith.war.rest.Resources;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** Every method of the API, called by everybody who may not. */
@ArquillianTest
@RunAsClient
class RoleMatrixIT {

  @ArquillianResource URI base;

  @Test
  void refusesEachCallByARoleThatIsNotNamed() {
    Api administrator = Api.administrator(base);
    Map<Role, Api> callers = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      callers.put(
          role, administrator.with(Tokens.create(administrator, "matrix " + role, role.name())));
    }
    List<Method> methods =
        Resources.methods().filter(it -> !it.isAnnotationPresent(PermitAll.class)).toList();

    assertThat(methods).hasSizeGreaterThan(40);
    for (Method method : methods) {
      assertThat(call(Api.anonymous(base), method)).as("anonymous: %s", method).isEqualTo(401);
      for (Role role : Role.values()) {
        // What users with an activation code may do is no operator's: no token counts there.
        if (!roles(method).contains(role.name())) {
          assertThat(call(callers.get(role), method)).as("%s: %s", role, method).isIn(401, 403);
        }
      }
    }
  }

  private static int call(Api api, Method method) {
    String verb =
        Arrays.stream(method.getAnnotations())
            .map(it -> it.annotationType().getAnnotation(HttpMethod.class))
            .filter(it -> it != null)
            .findFirst()
            .orElseThrow()
            .value();
    return api.send(
            verb,
            path(method),
            verb.startsWith("P") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody(),
            verb.startsWith("P") ? Map.of("Content-Type", type(method)) : Map.of())
        .status();
  }

  /** A wrong type would be refused for that, before anybody asks who calls. */
  private static String type(Method method) {
    Consumes consumes = method.getAnnotation(Consumes.class);
    String type = consumes == null ? MediaType.APPLICATION_JSON : consumes.value()[0];
    return type.equals(MediaType.WILDCARD) ? MediaType.APPLICATION_JSON : type;
  }

  private static String path(Method method) {
    String root = method.getDeclaringClass().getAnnotation(Path.class).value();
    Path own = method.getAnnotation(Path.class);
    String whole = "/api/" + root + (own == null ? "" : "/" + own.value());
    return whole.replaceAll("\\{[^}]*}", "1").replaceAll("(?<!:)//+", "/");
  }

  private static List<String> roles(Method method) {
    RolesAllowed own = method.getAnnotation(RolesAllowed.class);
    RolesAllowed rule =
        own != null ? own : method.getDeclaringClass().getAnnotation(RolesAllowed.class);
    return rule == null ? List.of() : List.of(rule.value());
  }
}
