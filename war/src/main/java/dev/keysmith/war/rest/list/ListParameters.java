package dev.keysmith.war.rest.list;

import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What a list takes: {@code ?offset=&limit=&sort=&<filter>=}. Use as {@code @BeanParam}. */
public class ListParameters {

  private static final Set<String> OWN = Set.of("offset", "limit", "sort");

  @QueryParam("offset")
  @DefaultValue("0")
  @Parameter(
      description = "How many to leave out",
      schema = @Schema(implementation = int.class, minimum = "0"))
  String offset;

  @QueryParam("limit")
  @DefaultValue("50")
  @Parameter(
      description = "How many at most",
      schema = @Schema(implementation = int.class, minimum = "1", maximum = "500"))
  String limit;

  @QueryParam("sort")
  @Nullable String sort;

  @Context UriInfo uri;

  /** The page that the caller wants; the list itself refuses filters that it does not know. */
  public PageRequest page() {
    return page(filters(uri));
  }

  /** The page that the caller wants, of what these filters leave. */
  public PageRequest page(Map<String, String> filters) {
    return new PageRequest(
        number("offset", offset), number("limit", limit), sort == null ? "" : sort, filters);
  }

  /** The filters in the address of a request. */
  public static Map<String, String> filters(UriInfo uri) {
    Map<String, String> filters = new LinkedHashMap<>();
    uri.getQueryParameters()
        .forEach(
            (name, values) -> {
              if (!OWN.contains(name)) {
                filters.put(name, one(name, values));
              }
            });
    return filters;
  }

  private static String one(String name, List<String> values) {
    if (values.size() > 1) {
      throw invalid(name, ProblemMessage.FIELD_TWICE);
    }
    return values.get(0);
  }

  private static int number(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw invalid(name, ProblemMessage.FIELD_WHOLE_NUMBER);
    }
  }

  private static ProblemException invalid(String name, ProblemMessage why) {
    return ProblemException.invalid(QueryMessage.PARAMETER, name).at(name, why);
  }
}
