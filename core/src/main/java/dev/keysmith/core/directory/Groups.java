package dev.keysmith.core.directory;

import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The imported groups. */
@ApplicationScoped
public class Groups {

  private static final Listing<Group> LISTING =
      Listing.of(Group.class, "name")
          .sortableAs("name", "nameKey")
          .filter("text", Filters.lowerContains("nameKey"))
          .filter("integration", Filters.equal("integrationId", Long::valueOf));

  @PersistenceContext(unitName = "keysmith")
  EntityManager em;

  /**
   * Groups, sorted by {@code name}; filtered by {@code text} (part of the name, case ignored) and
   * {@code integration}.
   */
  @Transactional
  public Slice<Group> list(PageRequest request) {
    return LISTING.slice(em, request);
  }

  /**
   * The group with this id.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is none
   */
  @Transactional
  public Group find(long id) {
    Group group = em.find(Group.class, id);
    if (group == null) {
      throw ProblemException.notFound(DirectoryMessage.NO_SUCH_GROUP, Long.toString(id));
    }
    return group;
  }

  /** How many members groups have, by id of the group; those without any are left out. */
  @Transactional
  public Map<Long, Long> memberCounts(Collection<Long> groupIds) {
    if (groupIds.isEmpty()) {
      return Map.of();
    }
    return em.createQuery(
            "select m.groupId, count(m.userId) from Membership m where m.groupId in :groups"
                + " group by m.groupId",
            Object[].class)
        .setParameter("groups", groupIds)
        .getResultStream()
        .collect(Collectors.toMap(row -> (Long) row[0], row -> (Long) row[1]));
  }
}
