package dev.keysmith.core.session;

import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.directory.Groups;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.enrolment.ScriptedProvider;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.imports.ImportPlan;
import dev.keysmith.core.imports.Imports;
import dev.keysmith.core.integration.IntegrationDraft;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.key.Audience;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.secret.MasterKeyCheck;
import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.Setting.Kind;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.IdentityProviderFactory;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.testing.key.VirtualKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** A desk with virtual keys, and an identity provider whose users have been imported. */
public final class Desk {

  /** Who stands at the desk. */
  public static final Actor OPERATOR = Actor.operator(3, "desk");

  private static final Map<String, ScriptedProvider> PROVIDERS = new ConcurrentHashMap<>();

  private final Core core;
  private final ScriptedProvider provider = new ScriptedProvider();
  private final long integrationId;

  /** Connects a new identity provider with these users, and imports them. */
  public Desk(Core core, String... userIds) {
    this.core = core;
    DeskTransport.reset();
    core.get(MasterKeyCheck.class).run();
    Plugins plugins = core.get(Plugins.class);
    if (plugins.identityProviders().stream().noneMatch(each -> each.name().equals("scripted"))) {
      plugins.load();
    }
    String origin = "https://desk-" + PROVIDERS.size() + ".example.org";
    PROVIDERS.put(origin, provider);
    provider.inProcess(core::breakWith);
    List.of(userIds).forEach(provider::user);
    integrationId =
        core.get(Integrations.class)
            .create(
                OPERATOR,
                new IntegrationDraft(
                    "Scripted",
                    "scripted",
                    List.of(ScriptedProvider.RP_ID),
                    Map.of("origin", origin),
                    Map.of()))
            .id();
    importAll();
  }

  /** Imports the directory; workflows see who is new. */
  public void importAll() {
    core.get(Imports.class)
        .start(OPERATOR, integrationId, ImportPlan.whole(ImportPlan.Mode.NEW_AND_UPDATE));
    core.deliver();
  }

  /** Imports the members of the provider's group; returns the group's id here. */
  public long importStaff() {
    core.get(Imports.class)
        .start(
            OPERATOR,
            integrationId,
            ImportPlan.groups(List.of("g1"), ImportPlan.Mode.NEW_AND_UPDATE));
    core.deliver();
    return core.get(Groups.class).list(PageRequest.first()).items().stream()
        .filter(group -> group.integrationId() == integrationId)
        .findFirst()
        .orElseThrow()
        .id();
  }

  /** The identity provider. */
  public ScriptedProvider provider() {
    return provider;
  }

  /** Its integration. */
  public long integrationId() {
    return integrationId;
  }

  /** An imported user by the provider's id. */
  public User user(String externalId) {
    return core.get(Users.class).list(PageRequest.first()).items().stream()
        .filter(user -> user.externalId().equals(externalId))
        .filter(user -> user.integrationId() == integrationId)
        .findFirst()
        .orElseThrow();
  }

  /** Plugs a key in. */
  public PluggedKey plug(VirtualKey key) {
    return core.get(Station.class).find(Audience.OPERATORS, "virtual", DeskTransport.add(key));
  }

  /** Keys that are opened from now on are talked with over what this makes of the connection. */
  void connectOver(UnaryOperator<KeyConnection> wrap) {
    DeskTransport.connectOver(wrap);
  }

  /** Keys are listed from now on as this makes of them. */
  void list(UnaryOperator<KeyDescriptor> shown) {
    DeskTransport.list(shown);
  }

  /** Keys are listed from now on without a serial number. */
  void listWithoutSerialNumbers() {
    list(key -> new KeyDescriptor(key.id(), key.product(), key.location(), Optional.empty()));
  }

  /** Starts a session that sets a random PIN; it runs on a thread of its own. */
  public KeySession startWithRandomPin(String externalId, PluggedKey key) {
    return core.get(KeySessions.class).startWithRandomPin(OPERATOR, request(externalId, key));
  }

  /** What a session would be about. */
  KeySessions.Request request(String externalId, PluggedKey key) {
    return new KeySessions.Request(
        key.transport(), key.descriptor().id(), user(externalId).id(), KeyPolicy.NONE);
  }

  /** Delivers events until a session has ended. */
  public KeySession ended(KeySession session) {
    long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (session.state() == KeySession.State.RUNNING) {
      if (System.nanoTime() > patience) {
        throw new AssertionError("The session does not end: " + lastWords(session));
      }
      core.deliver();
      LockSupport.parkNanos(1_000_000);
    }
    return session;
  }

  /** Runs a key session to its end, on this thread; delivers events meanwhile. */
  public KeySession session(String externalId, PluggedKey key, String pin) {
    return session(externalId, key, pin, KeyPolicy.NONE);
  }

  /** Runs a key session to its end, on this thread; delivers events meanwhile. */
  public KeySession session(String externalId, PluggedKey key, String pin, KeyPolicy policy) {
    return session(externalId, key, pin, policy, (session, entry) -> {});
  }

  /**
   * As above.
   *
   * @param person told of each entry, while the session waits
   */
  public KeySession session(
      String externalId,
      PluggedKey key,
      String pin,
      KeyPolicy policy,
      BiConsumer<KeySession, KeySession.Entry> person) {
    KeySession session = new KeySession("test", OPERATOR, user(externalId).id(), key, core.clock());
    // Some of it is said on the thread of a key, which has no caller.
    session.watch(
        () ->
            NamedCaller.SERVER.run(
                () -> {
                  KeySession.Entry last = session.entries().get(session.entries().size() - 1);
                  if (last.step() == KeySession.Step.ACTIVATE) {
                    core.deliver();
                  }
                  person.accept(session, last);
                }));
    core.get(KeySessionSteps.class).run(session, pin.toCharArray(), policy);
    return session;
  }

  /** Promises a passkey to a user; returns its id. */
  public long assign(String externalId) {
    return core.get(Passkeys.class).assign(OPERATOR, user(externalId).id(), integrationId).id();
  }

  /** A session that has not begun. */
  KeySession prepare(String externalId, PluggedKey key) {
    return new KeySession("test", OPERATOR, user(externalId).id(), key, core.clock());
  }

  /**
   * Erases a key, on this thread.
   *
   * @param known which key of the inventory it is, says the operator
   * @param person told of each entry, while the session waits
   */
  KeySession reset(PluggedKey key, Optional<Long> known, BiConsumer<KeySession, String> person) {
    KeyReset request = new KeyReset("virtual", key.descriptor().id(), known, false, "erase");
    return reset(key, request, "", person);
  }

  /** As above, with all that an operator can say. */
  KeySession reset(
      PluggedKey key, KeyReset request, String pin, BiConsumer<KeySession, String> person) {
    KeySession session = new KeySession("reset", OPERATOR, null, key, core.clock());
    session.watch(() -> NamedCaller.SERVER.run(() -> person.accept(session, lastWords(session))));
    core.get(KeyResetSteps.class).run(session, request, pin.toCharArray());
    return session;
  }

  /** Runs a prepared session to its end, on this thread. */
  void run(KeySession session, String pin, KeyPolicy policy) {
    core.get(KeySessionSteps.class).run(session, pin.toCharArray(), policy);
  }

  /** What the person at the desk read last. */
  public static String lastWords(KeySession session) {
    return session.entries().get(session.entries().size() - 1).message().toString();
  }

  /** The identity provider plugin of the tests. */
  public static final class ScriptedProviderFactory implements IdentityProviderFactory {

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public String label() {
      return "Scripted";
    }

    @Override
    public List<Setting> settings() {
      return List.of(Setting.required("origin", Kind.URL, "Origin", ""));
    }

    @Override
    public IdentityProvider create(PluginContext context) {
      return PROVIDERS.get(context.requiredText("origin"));
    }
  }
}
