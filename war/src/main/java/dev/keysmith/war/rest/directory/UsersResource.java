package dev.keysmith.war.rest.directory;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.bulk.UserHoldings;
import dev.keysmith.core.directory.Group;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.war.rest.list.ListParameters;
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
import java.util.Map;
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
  @Inject UserHoldings holders;

  /**
   * A user in a list.
   *
   * @param passkeys the states of those that are not revoked
   * @param keys the states of the user's security keys
   */
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
      Instant lastSeen,
      List<Passkey.State> passkeys,
      List<SecurityKey.State> keys) {

    static Person of(User user, UserHoldings.Holding holding) {
      return new Person(
          user.id(),
          user.integrationId(),
          user.externalId(),
          user.login(),
          user.displayName(),
          user.email(),
          user.status(),
          user.importedAt(),
          user.lastSeenAt(),
          holding.passkeys(),
          holding.keys());
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
      name = "passkey",
      in = ParameterIn.QUERY,
      description = "The state of a passkey that the user has, or NONE",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"NONE", "ASSIGNED", "ENROLLING", "ACTIVE", "FAILED", "REVOKED"}))
  @Parameter(
      name = "key",
      in = ParameterIn.QUERY,
      description =
          "The state of a security key that the user has; NONE for users without one that is"
              + " assigned or active; PENDING for users whose key is assigned while none is active",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"NONE", "ASSIGNED", "ACTIVE", "LOST", "RETIRED"}))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema = @Schema(implementation = String.class, pattern = "^-?(login|name|created|id)$"))
  public Slice<Person> list(@BeanParam ListParameters list) {
    Slice<User> slice = holders.list(list.page());
    Map<Long, UserHoldings.Holding> held =
        holders.holdings(slice.items().stream().map(User::id).toList());
    return slice.map(user -> Person.of(user, held.get(user.id())));
  }

  /** One user. */
  @GET
  @Path("{id}")
  @Operation(summary = "Look at a user and the groups")
  public Details get(@PathParam("id") long id) {
    return new Details(
        Person.of(users.find(id), holders.holdings(List.of(id)).get(id)),
        users.groupsOf(id).stream().map(GroupName::of).toList());
  }
}
