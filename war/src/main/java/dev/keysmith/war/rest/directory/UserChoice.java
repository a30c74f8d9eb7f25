package dev.keysmith.war.rest.directory;

import dev.keysmith.core.bulk.AssignmentMessage;
import dev.keysmith.core.bulk.UserSelection;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Many users at once, one of the two given.
 *
 * @param ids of the users
 * @param filters as the list of users takes them; none means everybody
 */
@Schema(name = "UserSelection")
public record UserChoice(@Nullable Set<Long> ids, @Nullable Map<String, String> filters) {

  public UserSelection selection() {
    if (ids == null && filters == null) {
      throw ProblemException.invalid(AssignmentMessage.SELECTION_EMPTY)
          .at("ids", ProblemMessage.FIELD_MISSING);
    }
    return ids != null && filters == null
        ? UserSelection.of(ids)
        : new UserSelection(ids == null ? Set.of() : ids, filters == null ? Map.of() : filters);
  }
}
