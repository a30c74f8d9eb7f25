package dev.keysmith.war.panel.list;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests that have parameters and nothing else. */
final class Requests {

  private Requests() {}

  /** A request with names and values in turn; a name may come several times. */
  static HttpServletRequest with(String... namesAndValues) {
    Map<String, String[]> parameters = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.merge(
          namesAndValues[i],
          new String[] {namesAndValues[i + 1]},
          (before, more) -> new String[] {before[0], more[0]});
    }
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            Requests.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAttribute" -> null;
                  case "getParameterMap" -> parameters;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
