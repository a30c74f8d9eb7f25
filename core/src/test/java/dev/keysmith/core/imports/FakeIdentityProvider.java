package dev.keysmith.core.imports;

import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.DirectoryGroup;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.DirectoryUser.Status;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.Page;
import dev.keysmith.spi.idp.PendingRegistration;
import dev.keysmith.spi.idp.RegistrationTicket;
import dev.keysmith.spi.idp.UserQuery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * A directory in memory, with faults on demand. Cursors are offsets; a page repeats the last user
 * of the page before if {@link #repeatingUsers} is asked for.
 */
public final class FakeIdentityProvider implements IdentityProvider {

  /** What a call for a page runs into, in the order in which they are queued. */
  private final Queue<Runnable> faults = new ArrayDeque<>();

  private final Map<String, DirectoryUser> users = new LinkedHashMap<>();
  private final Map<String, DirectoryGroup> groups = new LinkedHashMap<>();
  private final Map<String, Set<String>> members = new LinkedHashMap<>();
  private final List<String> journal = new ArrayList<>();
  private int pageSize = 200;
  private boolean repeating;
  private boolean stuck;
  private int circle;
  private boolean breaking;
  private String answer = "Reached the fake.";
  private Runnable login = () -> {};
  private int opened;
  private int closed;

  /** Adds or replaces a user. */
  public FakeIdentityProvider user(String id, Status status) {
    users.put(
        id,
        new DirectoryUser(
            id, id + "@example.org", "Person " + id, Optional.of(id + "@example.org"), status));
    return this;
  }

  /** Adds or replaces a user whom the test made. */
  public FakeIdentityProvider user(DirectoryUser user) {
    users.put(user.id(), user);
    return this;
  }

  /** Adds active users {@code u1} to {@code un}. */
  public FakeIdentityProvider users(int count) {
    for (int i = 1; i <= count; i++) {
      user("u" + i, Status.ACTIVE);
    }
    return this;
  }

  public FakeIdentityProvider withoutUser(String id) {
    users.remove(id);
    members.values().forEach(each -> each.remove(id));
    return this;
  }

  /** Adds or replaces a group. */
  public FakeIdentityProvider group(String id, String... memberIds) {
    groups.put(id, new DirectoryGroup(id, "Group " + id, Optional.empty()));
    members.put(id, new LinkedHashSet<>(List.of(memberIds)));
    return this;
  }

  public FakeIdentityProvider withoutGroup(String id) {
    groups.remove(id);
    members.remove(id);
    return this;
  }

  public FakeIdentityProvider pagesOf(int size) {
    pageSize = size;
    return this;
  }

  public FakeIdentityProvider repeatingUsers() {
    repeating = true;
    return this;
  }

  /** The next call for a page that has no queued fault before it fails so. */
  public FakeIdentityProvider failsWith(PluginException fault) {
    faults.add(
        () -> {
          throw fault;
        });
    return this;
  }

  /** The next call for a page does this first. */
  public FakeIdentityProvider meanwhile(Runnable action) {
    faults.add(action);
    return this;
  }

  /** Every page but the first names itself as the next one. */
  public FakeIdentityProvider namingTheSamePage() {
    stuck = true;
    return this;
  }

  /** After so many pages the second one comes again. */
  public FakeIdentityProvider goingRoundIn(int pages) {
    circle = pages;
    return this;
  }

  public FakeIdentityProvider answersCheckWith(String words) {
    answer = words;
    return this;
  }

  /** The calls for pages that were answered. */
  public List<String> journal() {
    return List.copyOf(journal);
  }

  /** Breaks when it is closed, as one whose class loader is gone. */
  public FakeIdentityProvider breaksWhenClosed() {
    breaking = true;
    return this;
  }

  /** How many instances were made. */
  public int opened() {
    return opened;
  }

  /** How many instances were closed. */
  public int closed() {
    return closed;
  }

  FakeIdentityProvider openedWith(Runnable check) {
    opened++;
    login = check;
    return this;
  }

  @Override
  public String check() {
    login.run();
    fault();
    return answer;
  }

  @Override
  public Page<DirectoryUser> users(UserQuery query, Optional<String> cursor) {
    login.run();
    fault();
    List<DirectoryUser> all = all(query);
    int from = cursor.map(Integer::parseInt).orElse(0);
    int to = Math.min(all.size(), from + pageSize);
    journal.add(query.getClass().getSimpleName() + " " + from);
    if (stuck && cursor.isPresent()) {
      return new Page<>(all.subList(from, to), cursor);
    }
    if (circle > 0 && from == circle * pageSize) {
      return new Page<>(all.subList(from, to), Optional.of(Integer.toString(pageSize)));
    }
    int begin = repeating && from > 0 ? from - 1 : from;
    return new Page<>(
        all.subList(begin, to),
        to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  private void fault() {
    Optional.ofNullable(faults.poll()).ifPresent(NamedCaller.SERVER::run);
  }

  private List<DirectoryUser> all(UserQuery query) {
    if (query instanceof UserQuery.MembersOf group) {
      Set<String> ids = members.get(group.groupId());
      if (ids == null) {
        throw new PluginException(Reason.NOT_FOUND, "There is no such group.");
      }
      return ids.stream().map(users::get).toList();
    }
    return users.values().stream().filter(user -> user.status() != Status.LEFT).toList();
  }

  @Override
  public List<DirectoryGroup> groups(String search, int limit) {
    return groups.values().stream()
        .filter(group -> group.name().toLowerCase().startsWith(search.toLowerCase()))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<DirectoryGroup> findGroup(String groupId) {
    return Optional.ofNullable(groups.get(groupId));
  }

  @Override
  public Optional<DirectoryUser> findUser(String idOrLogin) {
    login.run();
    fault();
    return Optional.ofNullable(users.get(idOrLogin));
  }

  @Override
  public PendingRegistration beginRegistration(String userId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Factor completeRegistration(
      RegistrationTicket ticket, AuthenticatorAttestationResponse response) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void cancelRegistration(RegistrationTicket ticket) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Factor> listFactors(String userId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeFactor(String userId, String factorId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    closed++;
    if (breaking) {
      throw new NoClassDefFoundError("org/example/Farewell");
    }
  }
}
