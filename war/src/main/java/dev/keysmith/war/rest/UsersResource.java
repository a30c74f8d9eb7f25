package dev.keysmith.war.rest;

import dev.keysmith.core.directory.Group;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.operator.Role;
import dev.keysmith.core.page.Slice;
import dev.keysmith.spi.idp.DirectoryUser;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The imported users. */
@Path("users")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
@Tag(name = "Directory", description = "Users and groups that were imported")
public class UsersResource {

  @Inject Users users;

  /** A user in a list. */
  @Schema(name = "User")
  public record Person(
      long id,
      long integrationId,
      String externalId,
      String login,
      String name,
      Optional<String> email,
      DirectoryUser.Status status,
      Instant imported,
      Instant lastSeen) {

    static Person of(User user) {
      return new Person(
          user.id(),
          user.integrationId(),
          user.externalId(),
          user.login(),
          user.displayName(),
          user.email(),
          user.status(),
          user.importedAt(),
          user.lastSeenAt());
    }
  }

  /** A user with the groups. */
  @Schema(name = "UserDetails")
  public record Details(Person user, List<GroupName> groups) {}

  /** A group of a user. */
  public record GroupName(long id, String name) {

    static GroupName of(Group group) {
      return new GroupName(group.id(), group.name());
    }
  }

  /** All users. */
  @GET
  @Operation(summary = "List the users")
  @Parameter(
      name = "text",
      in = ParameterIn.QUERY,
      description = "Part of login, name or e-mail address",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "status",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = DirectoryUser.Status.class))
  @Parameter(name = "group", in = ParameterIn.QUERY, schema = @Schema(implementation = long.class))
  @Parameter(
      name = "integration",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = long.class))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema = @Schema(implementation = String.class, pattern = "^-?(login|name|created|id)$"))
  public Slice<Person> list(@BeanParam ListParameters list) {
    return users.list(list.page()).map(Person::of);
  }

  /** One user. */
  @GET
  @Path("{id}")
  @Operation(summary = "Look at a user and the groups")
  public Details get(@PathParam("id") long id) {
    return new Details(
        Person.of(users.find(id)), users.groupsOf(id).stream().map(GroupName::of).toList());
  }
}
