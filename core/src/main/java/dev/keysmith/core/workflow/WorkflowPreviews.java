package dev.keysmith.core.workflow;

import dev.keysmith.core.bulk.UserHoldings;
import dev.keysmith.core.directory.Membership;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.Filter;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.workflow.WorkflowRun.Decision;
import dev.keysmith.spi.idp.DirectoryUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Foretells what a workflow would do, saved or not, for each user there is; changes nothing. */
@ApplicationScoped
public class WorkflowPreviews {

  private static final String DECISION = "decision";

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Integrations integrations;
  @Inject Passkeys passkeys;

  /**
   * What a workflow would do.
   *
   * @param assigned how many users would get a passkey, of those that pass the filters
   * @param users a part of them, with what would be decided about each
   */
  public record Preview(long assigned, Slice<Foreseen> users) {}

  /**
   * What would be decided about a user.
   *
   * @param reason why
   */
  public record Foreseen(
      long userId, String login, String name, Decision decision, Message reason) {}

  /**
   * Previews a rule for the users of its integration.
   *
   * @param groupIds whose members it concerns; empty means everybody
   * @param request with the orders and filters of {@link UserHoldings#list}, and {@code decision}
   * @throws dev.keysmith.core.problem.ProblemException {@code NOT_FOUND} if there is no such
   *     integration
   */
  @Transactional
  public Preview preview(long integrationId, Set<Long> groupIds, PageRequest request) {
    integrations.find(integrationId);
    Rule rule = new Rule(integrationId, groupIds);
    PageRequest own = request.with("integration", Long.toString(integrationId));
    Slice<User> slice = listing(rule).slice(entities, own);
    return new Preview(assigned(rule, own, slice), foresee(rule, slice));
  }

  /** Counts again only where the list is not of those who get a passkey, or of the others. */
  private long assigned(Rule rule, PageRequest own, Slice<User> slice) {
    String asked = own.filters().getOrDefault(DECISION, "");
    if (asked.isBlank()) {
      return listing(rule).count(entities, own.with(DECISION, Decision.ASSIGNED.name()));
    }
    return asked.equals(Decision.ASSIGNED.name()) ? slice.total() : 0;
  }

  /**
   * How many users would get a passkey.
   *
   * @param groupIds whose members it concerns; empty means everybody
   */
  @Transactional
  public long assigned(long integrationId, Set<Long> groupIds) {
    PageRequest all = PageRequest.first().with("integration", Long.toString(integrationId));
    return listing(new Rule(integrationId, groupIds))
        .count(entities, all.with(DECISION, Decision.ASSIGNED.name()));
  }

  private static Listing<User> listing(Rule rule) {
    return UserHoldings.listing().filter(DECISION, (scope, value) -> decided(rule, scope, value));
  }

  private Slice<Foreseen> foresee(Rule rule, Slice<User> slice) {
    List<Long> ids = slice.items().stream().map(User::id).toList();
    Map<Long, List<Long>> groups = groups(ids);
    Map<Long, Passkey> present = passkeys.present(ids, rule.integrationId());
    return slice.map(
        user ->
            foreseen(
                user,
                rule.whyNot(
                    user,
                    groups.getOrDefault(user.id(), List.of()),
                    Optional.ofNullable(present.get(user.id())))));
  }

  private static Foreseen foreseen(User user, Optional<Message> whyNot) {
    return new Foreseen(
        user.id(),
        user.login(),
        user.displayName(),
        whyNot.isPresent() ? Decision.SKIPPED : Decision.ASSIGNED,
        whyNot.orElse(Message.of(WorkflowMessage.REASON_GETS_ONE)));
  }

  private Map<Long, List<Long>> groups(Collection<Long> userIds) {
    Map<Long, List<Long>> groups = new HashMap<>();
    if (!userIds.isEmpty()) {
      entities
          .createQuery(
              "select m.userId, m.groupId from Membership m where m.userId in :users",
              Object[].class)
          .setParameter("users", userIds)
          .getResultStream()
          .forEach(
              row ->
                  groups
                      .computeIfAbsent((Long) row[0], id -> new ArrayList<>())
                      .add((Long) row[1]));
    }
    return groups;
  }

  /** The conditions of {@link Rule#whyNot}, for the database. */
  private static Predicate decided(Rule rule, Filter.Scope<User> scope, String value) {
    CriteriaBuilder builder = scope.builder();
    List<Predicate> all = new ArrayList<>();
    all.add(builder.notEqual(scope.root().get("status"), DirectoryUser.Status.LEFT));
    if (!rule.groupIds().isEmpty()) {
      Subquery<Long> members = scope.query().subquery(Long.class);
      Root<Membership> membership = members.from(Membership.class);
      members.select(membership.get("userId")).where(membership.get("groupId").in(rule.groupIds()));
      all.add(scope.root().get("id").in(members));
    }
    Subquery<Long> present = scope.query().subquery(Long.class);
    Root<Passkey> passkey = present.from(Passkey.class);
    present
        .select(passkey.get("id"))
        .where(
            builder.equal(passkey.get("userId"), scope.root().get("id")),
            builder.equal(passkey.get("integrationId"), rule.integrationId()),
            builder.notEqual(passkey.get("state"), Passkey.State.REVOKED));
    all.add(builder.not(builder.exists(present)));
    Predicate assigned = builder.and(all.toArray(Predicate[]::new));
    return Decision.valueOf(value) == Decision.ASSIGNED ? assigned : builder.not(assigned);
  }
}
