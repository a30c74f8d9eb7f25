package dev.keysmith.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.event.Dispatcher;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.imports.FakeIdentityProvider;
import dev.keysmith.core.imports.FakeIdentityProviderFactory;
import dev.keysmith.core.integration.IntegrationDraft;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.secret.MasterKeyCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServerTest {

  @RegisterExtension final Core core = new Core().unnamed();

  private FakeIdentityProvider open(String origin) {
    FakeIdentityProvider provider = new FakeIdentityProvider();
    FakeIdentityProviderFactory.serve(core.get(Plugins.class), origin, provider);
    Integrations integrations = core.get(Integrations.class);
    char[] token = "right".toCharArray();
    IntegrationDraft draft =
        new IntegrationDraft("Open", "fake", Map.of("origin", origin), Map.of("api-token", token));
    Actor ann = Actor.operator(1, "ann");
    integrations.open(NamedCaller.SERVER.call(() -> integrations.create(ann, draft)).id());
    return provider;
  }

  /** Nothing else lets it make the first API token. */
  @Test
  void callsAsTheServerWhileItStarts() {
    Server server = core.another(Server.class);
    server.dispatcher =
        new Dispatcher() {
          @Override
          public void start() {}
        };

    server.start();

    assertThat(core.data().resolve("first-api-token")).exists();
  }

  @Test
  void closesWhatPluginsMadeBeforeTheirClassLoadersAndWhateverBreaks() {
    core.get(MasterKeyCheck.class).run();
    FakeIdentityProvider one = open("https://one.example").breaksWhenClosed();
    FakeIdentityProvider other = open("https://other.example").breaksWhenClosed();
    List<Integer> closed = new ArrayList<>();
    Server server = core.another(Server.class);
    server.plugins =
        new Plugins() {
          @Override
          public synchronized void close() {
            closed.addAll(List.of(one.closed(), other.closed()));
          }
        };

    server.stop();

    assertThat(closed).containsExactly(1, 1);
  }
}
