package dev.keysmith.testing.org;

import dev.keysmith.testing.org.api.FactorsApi;
import dev.keysmith.testing.org.api.GroupsApi;
import dev.keysmith.testing.org.api.OrgApi;
import dev.keysmith.testing.org.api.UsersApi;
import dev.keysmith.testing.org.browser.Browser;
import dev.keysmith.testing.org.directory.Directory;
import dev.keysmith.testing.org.directory.OrgUser;
import dev.keysmith.testing.org.directory.OrgUser.Status;
import dev.keysmith.testing.org.factor.FactorJson;
import dev.keysmith.testing.org.factor.Factors;
import dev.keysmith.testing.org.factor.OrgFactor;
import dev.keysmith.testing.org.factor.Verification;
import dev.keysmith.testing.org.http.Access;
import dev.keysmith.testing.org.http.Fault;
import dev.keysmith.testing.org.http.OrgServer;
import dev.keysmith.testing.org.http.Request;
import dev.keysmith.testing.org.http.Routes;
import dev.keysmith.testing.org.http.ServiceApp;
import dev.keysmith.testing.org.practice.Activity;
import dev.keysmith.testing.org.practice.ControlApi;
import dev.keysmith.testing.org.practice.KeysApi;
import dev.keysmith.testing.org.practice.Page;
import dev.keysmith.testing.org.practice.PracticeApi;
import dev.keysmith.testing.org.practice.SignIn;
import java.util.List;
import java.util.Optional;

/**
 * An Okta org for practice and for tests: a server on loopback that answers the calls that Keysmith
 * makes. Thread-safe.
 */
public final class PracticeOrg implements AutoCloseable {

  private final Access access;
  private final OrgServer server;
  private final Directory directory;
  private final Factors factors;
  private final Activity activity;
  private final Page page;
  private final Optional<StateFile> state;

  PracticeOrg(PracticeOrgBuilder wanted) {
    access = new Access(wanted.clock, wanted.random);
    wanted.tokens.forEach(access::allow);
    wanted.apps.forEach(access::allow);
    directory = new Directory(wanted.users, wanted.clock);
    wanted.groups.forEach(g -> directory.addGroup(g.name(), g.description(), g.members()));
    factors = new Factors(wanted.policy(), wanted.clock, wanted.random);
    server = new OrgServer(wanted.port, wanted.requestsPerMinute, access, wanted.clock);
    activity = new Activity(wanted.clock);
    page = new Page(server, wanted.bench);
    state = wanted.stateDirectory.map(folder -> new StateFile(folder, directory, factors));
    state.ifPresent(StateFile::load);
    register(wanted);
    server.onChange(this::changed);
    server.start();
  }

  private void register(PracticeOrgBuilder wanted) {
    String origin = server.origin();
    Routes routes = server.routes();
    Verification verification = new Verification(origin, wanted.policy(), directory, factors);
    FactorJson json = new FactorJson(origin, wanted.policy());
    new OrgApi(origin, wanted.name, access).register(routes);
    new UsersApi(directory, origin).register(routes);
    new GroupsApi(directory, origin).register(routes);
    new FactorsApi(directory, factors, verification, json, origin, activity).register(routes);
    SignIn signIn = new SignIn(directory, factors, verification, activity, wanted.random);
    signIn.register(routes);
    Browser browser = new Browser(origin, wanted.random);
    new KeysApi(wanted.bench, signIn, browser, activity).register(routes);
    new PracticeApi(directory, factors, json, activity).register(routes);
    new ControlApi(server.faults(), server.journal()).register(routes);
    page.register();
  }

  private void changed() {
    state.ifPresent(StateFile::save);
    page.changed();
  }

  private <T> T changed(T result) {
    changed();
    return result;
  }

  /** Says what an org is like, then starts it. */
  public static PracticeOrgBuilder builder() {
    return new PracticeOrgBuilder();
  }

  /** The base of its addresses and the only origin it accepts: {@code http://localhost:PORT}. */
  public String origin() {
    return server.origin();
  }

  /** The person with this id or login. */
  public OrgUser user(String idOrLogin) {
    return directory.user(idOrLogin);
  }

  /** The person with this number; the first has 0. */
  public OrgUser user(int number) {
    return directory.users(number).findFirst().orElseThrow();
  }

  /** Adds a person, a member of Everyone and of the groups with these names. */
  public OrgUser addUser(String firstName, String lastName, String login, String... groups) {
    OrgUser user = directory.add(firstName, lastName, login);
    for (String group : groups) {
      directory.setMember(user, directory.groupNamed(group), true);
    }
    return changed(user);
  }

  /** Changes a person's name. */
  public OrgUser rename(String idOrLogin, String firstName, String lastName) {
    return changed(directory.rename(idOrLogin, firstName, lastName));
  }

  /** Changes a person's status, for instance to {@code SUSPENDED} or {@code DEPROVISIONED}. */
  public OrgUser changeStatus(String idOrLogin, Status status) {
    return changed(directory.change(idOrLogin, status));
  }

  /** The id of the group with this name. */
  public String groupId(String name) {
    return directory.groupNamed(name).id();
  }

  /** Adds a person to the group with this name. */
  public void addToGroup(String idOrLogin, String groupName) {
    directory.setMember(user(idOrLogin), directory.groupNamed(groupName), true);
    changed();
  }

  /** Takes a person out of the group with this name. */
  public void removeFromGroup(String idOrLogin, String groupName) {
    directory.setMember(user(idOrLogin), directory.groupNamed(groupName), false);
    changed();
  }

  /** The factors of a person, pending ones included. */
  public List<OrgFactor> factors(String idOrLogin) {
    return factors.of(user(idOrLogin).id());
  }

  /** Removes a factor as an administrator of the org would. */
  public void removeFactor(String idOrLogin, String factorId) {
    factors.remove(user(idOrLogin).id(), factorId);
    changed();
  }

  /** Lets another API token in. */
  public void allowToken(String token) {
    access.allow(token, false);
  }

  /** Lets a service app in. */
  public void allowApp(ServiceApp app) {
    access.allow(app);
  }

  /** From now on this API token, or every token of the service app with this id, is refused. */
  public void revoke(String tokenOrClientId) {
    access.revoke(tokenOrClientId);
  }

  /** Something will go wrong. */
  public void expect(Fault fault) {
    server.faults().add(fault);
  }

  /** The faults that still wait for a request, with what is left of them. */
  public List<Fault> faults() {
    return server.faults().waiting();
  }

  /** Nothing goes wrong any more. */
  public void clearFaults() {
    server.faults().clear();
  }

  /** The requests to Okta's endpoints, the oldest first; the last 20,000. */
  public List<Request> requests() {
    return server.journal().requests();
  }

  /** How many of {@link #requests} fit; patterns as of {@link Fault}. */
  public long count(String method, String path) {
    return requests().stream().filter(request -> request.matches(method, path)).count();
  }

  /** Forgets the requests. */
  public void clearRequests() {
    server.journal().clear();
  }

  /** Stops at once; requests under way get no answer. */
  @Override
  public void close() {
    server.close();
  }
}
