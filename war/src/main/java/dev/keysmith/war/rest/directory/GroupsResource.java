package dev.keysmith.war.rest.directory;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.directory.Group;
import dev.keysmith.core.directory.Groups;
import dev.keysmith.core.page.Slice;
import dev.keysmith.war.rest.list.ListParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The imported groups. */
@Path("groups")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
@Tag(name = "Directory")
public class GroupsResource {

  @Inject Groups groups;

  /** A group; {@code gone} if the identity provider no longer has it. */
  @Schema(name = "Group")
  public record Members(
      long id,
      long integrationId,
      String externalId,
      String name,
      Optional<String> description,
      boolean gone,
      long members) {

    static Members of(Group group, Map<Long, Long> counts) {
      return new Members(
          group.id(),
          group.integrationId(),
          group.externalId(),
          group.name(),
          group.description(),
          group.isGone(),
          counts.getOrDefault(group.id(), 0L));
    }
  }

  /** All groups. */
  @GET
  @Operation(summary = "List the groups that were imported")
  @Parameter(
      name = "text",
      in = ParameterIn.QUERY,
      description = "Part of the name",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "integration",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = long.class))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema = @Schema(implementation = String.class, pattern = "^-?(name|id)$"))
  public Slice<Members> list(@BeanParam ListParameters list) {
    Slice<Group> slice = groups.list(list.page());
    Map<Long, Long> counts = groups.memberCounts(slice.items().stream().map(Group::id).toList());
    return slice.map(group -> Members.of(group, counts));
  }

  /** One group. */
  @GET
  @Path("{id}")
  @Operation(summary = "Look at a group")
  public Members get(@PathParam("id") long id) {
    return Members.of(groups.find(id), groups.memberCounts(List.of(id)));
  }
}
