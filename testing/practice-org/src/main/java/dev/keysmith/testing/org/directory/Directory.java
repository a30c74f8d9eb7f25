package dev.keysmith.testing.org.directory;

import dev.keysmith.testing.org.directory.OrgUser.Status;
import dev.keysmith.testing.org.http.OktaError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The people and groups. People exist by number and are made at the first look; only those who were
 * added or changed are kept. Thread-safe.
 */
public final class Directory {

  private static final Instant FOUNDED = Instant.parse("2024-01-08T09:00:00Z");

  /** A change of the membership of a group. */
  public record Membership(int group, int user) {}

  private final int initial;
  private final Clock clock;
  private final List<IntPredicate> rules = new ArrayList<>();
  private final List<OrgGroup> groups = new ArrayList<>();
  private final Map<Integer, OrgUser> changed = new HashMap<>();
  private final Map<String, Integer> addedLogins = new HashMap<>();
  private final Set<Membership> joined = new HashSet<>();
  private final Set<Membership> left = new HashSet<>();
  private int size;

  /** A directory of so many people, all members of Everyone. */
  public Directory(int initial, Clock clock) {
    this.initial = initial;
    this.size = initial;
    this.clock = clock;
    addGroup("Everyone", "All users in your organization", index -> true);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Everybody from a place on, in the order of the directory. */
  public Stream<OrgUser> users(int from) {
    return IntStream.range(from, size()).mapToObj(this::at);
  }

  /** How many people there are, those who have left included. */
  public synchronized int size() {
    return size;
  }

  private synchronized OrgUser at(int index) {
    OrgUser kept = changed.get(index);
    return kept == null ? made(index) : kept;
  }

  private static OrgUser made(int index) {
    Instant created = FOUNDED.plus(Duration.ofMinutes(index));
    return new OrgUser(
        index,
        Names.first(index),
        Names.last(index),
        Names.login(index),
        Status.ACTIVE,
        created,
        created);
  }

  /** Finds by id or login. */
  public synchronized Optional<OrgUser> find(String idOrLogin) {
    String login = idOrLogin.toLowerCase(Locale.ROOT);
    Optional<Integer> byLogin =
        Optional.ofNullable(addedLogins.get(login))
            .or(() -> Names.index(login).filter(index -> index < initial));
    return OrgUser.index(idOrLogin).filter(i -> i < size).or(() -> byLogin).map(this::at);
  }

  /** As {@link #find}, or the error that Okta answers. */
  public OrgUser user(String idOrLogin) {
    return find(idOrLogin).orElseThrow(() -> OktaError.notFound(idOrLogin, "User"));
  }

  /** Adds a person to the end of the directory. */
  public synchronized OrgUser add(String firstName, String lastName, String login) {
    if (find(login).isPresent()) {
      throw OktaError.invalid(
          "login", "login: An object with this field already exists in the current organization");
    }
    OrgUser user = new OrgUser(size, firstName, lastName, login, Status.ACTIVE, now(), now());
    restore(user);
    return user;
  }

  /** Puts a person back as once kept. */
  public synchronized void restore(OrgUser user) {
    changed.put(user.index(), user);
    if (user.index() >= initial) {
      addedLogins.put(user.login().toLowerCase(Locale.ROOT), user.index());
      size = Math.max(size, user.index() + 1);
    }
  }

  /** Changes the status of a person. */
  public OrgUser change(String idOrLogin, Status status) {
    return change(idOrLogin, user -> user.with(status, now()));
  }

  /** Changes the name of a person. */
  public OrgUser rename(String idOrLogin, String firstName, String lastName) {
    return change(idOrLogin, user -> user.named(firstName, lastName, now()));
  }

  private synchronized OrgUser change(String idOrLogin, UnaryOperator<OrgUser> change) {
    OrgUser user = change.apply(user(idOrLogin));
    changed.put(user.index(), user);
    return user;
  }

  /** Adds a group whose members the rule tells; more can be added one by one. */
  public synchronized OrgGroup addGroup(String name, String description, IntPredicate rule) {
    OrgGroup group = new OrgGroup(groups.size(), name, description, FOUNDED, FOUNDED);
    groups.add(group);
    rules.add(rule);
    return group;
  }

  /** All groups, in the order of the directory. */
  public synchronized List<OrgGroup> groups() {
    return List.copyOf(groups);
  }

  /** The group with this id, or the error that Okta answers. */
  public OrgGroup group(String id) {
    return groups().stream()
        .filter(group -> group.id().equals(id))
        .findFirst()
        .orElseThrow(() -> OktaError.notFound(id, "UserGroup"));
  }

  /** The group with this name, or the error that Okta answers. */
  public OrgGroup groupNamed(String name) {
    return groups().stream()
        .filter(group -> group.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> OktaError.notFound(name, "UserGroup"));
  }

  /** The members of a group from a place on. */
  public Stream<OrgUser> members(OrgGroup group, int from) {
    return users(from).filter(user -> isMember(user, group));
  }

  /** The groups of a person. */
  public List<OrgGroup> groupsOf(OrgUser user) {
    return groups().stream().filter(group -> isMember(user, group)).toList();
  }

  private synchronized boolean isMember(OrgUser user, OrgGroup group) {
    Membership membership = new Membership(group.index(), user.index());
    boolean byRule = user.index() < initial && rules.get(group.index()).test(user.index());
    boolean member = group.index() == 0 || byRule || joined.contains(membership);
    return user.status() != Status.DEPROVISIONED && member && !left.contains(membership);
  }

  /** Adds a person to a group, or takes one out. */
  public synchronized void setMember(OrgUser user, OrgGroup group, boolean member) {
    if (group.index() == 0) {
      throw OktaError.invalid("group", "The membership of Everyone cannot be changed.");
    }
    Membership membership = new Membership(group.index(), user.index());
    (member ? joined : left).add(membership);
    (member ? left : joined).remove(membership);
    groups.set(group.index(), group.membershipChanged(now()));
  }

  /** Those who were added or changed. */
  public synchronized List<OrgUser> changed() {
    return List.copyOf(changed.values());
  }

  /** Who was added to a group ({@code true}) or taken out. */
  public synchronized Set<Membership> memberships(boolean member) {
    return Set.copyOf(member ? joined : left);
  }

  /** Puts back who was added to groups ({@code true}) or taken out. */
  public synchronized void restore(Set<Membership> memberships, boolean member) {
    (member ? joined : left).addAll(memberships);
  }
}
