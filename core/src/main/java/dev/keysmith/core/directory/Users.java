package dev.keysmith.core.directory;

import dev.keysmith.core.page.Filter;
import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.idp.DirectoryUser.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import jakarta.transaction.Transactional;
import java.util.List;

/** The imported users. */
@ApplicationScoped
public class Users {

  private static final Listing<User> LISTING =
      Listing.of(User.class, "login")
          .sortableAs("login", "loginKey")
          .sortableAs("name", "nameKey")
          .sortableAs("created", "importedAt")
          .filter("text", Filters.lowerContains("searchText"))
          .filter("status", Filters.equal("status", Status::valueOf))
          .filter("integration", Filters.equal("integrationId", Long::valueOf))
          .filter("group", Users::inGroup);

  @PersistenceContext(unitName = "keysmith")
  EntityManager em;

  /** What users can be sorted and filtered by, for features that add what they know of them. */
  public static Listing<User> listing() {
    return LISTING;
  }

  /**
   * Users, sorted by {@code login}, {@code name} or {@code created}; filtered by {@code text} (part
   * of login, name or e-mail address, case ignored), {@code status}, {@code integration} and {@code
   * group} (ids).
   */
  @Transactional
  public Slice<User> list(PageRequest request) {
    return LISTING.slice(em, request);
  }

  /**
   * The user with this id.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is none
   */
  @Transactional
  public User find(long id) {
    User user = em.find(User.class, id);
    if (user == null) {
      throw ProblemException.notFound(DirectoryMessage.NO_SUCH_USER, Long.toString(id));
    }
    return user;
  }

  /** Whether a user has left and is not back: events of it may come late. */
  @Transactional
  public boolean hasLeft(long id) {
    User user = em.find(User.class, id);
    return user != null && user.status() == Status.LEFT;
  }

  /** The groups of a user that were imported, by name. */
  @Transactional
  public List<Group> groupsOf(long userId) {
    return em.createQuery(
            "select g from Group g, Membership m where m.groupId = g.id and m.userId = :user"
                + " order by g.nameKey, g.id",
            Group.class)
        .setParameter("user", userId)
        .getResultList();
  }

  private static Predicate inGroup(Filter.Scope<User> scope, String groupId) {
    Subquery<Long> members = scope.query().subquery(Long.class);
    Root<Membership> membership = members.from(Membership.class);
    members
        .select(membership.get("userId"))
        .where(scope.builder().equal(membership.get("groupId"), Long.valueOf(groupId)));
    return scope.root().get("id").in(members);
  }
}
