package dev.keysmith.core.imports;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.AuditEntry;
import dev.keysmith.core.directory.Group;
import dev.keysmith.core.directory.Groups;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.imports.ImportPlan.Mode;
import dev.keysmith.core.integration.IntegrationDraft;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.secret.MasterKeyCheck;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tests of imports share: a provider that is connected, and ways to import from it. */
abstract class ImportTests {

  static final Actor ANN = Actor.operator(1, "ann");

  @RegisterExtension final Core core = new Core();

  final Imports imports = core.get(Imports.class);
  final Users users = core.get(Users.class);
  final Groups groups = core.get(Groups.class);
  final ImportListener heard = core.get(ImportListener.class);
  final FakeIdentityProvider provider = new FakeIdentityProvider();
  long integration;

  @BeforeEach
  void connect() {
    heard.forget();
    FakeIdentityProviderFactory.serve(core.get(Plugins.class), "https://a.example", provider);
    core.get(MasterKeyCheck.class).run();
    integration = connect("https://a.example");
  }

  long connect(String origin) {
    return core.get(Integrations.class)
        .create(
            ANN,
            new IntegrationDraft(
                "A", "fake", Map.of("origin", origin), Map.of("api-token", "right".toCharArray())))
        .id();
  }

  ImportRun whole(Mode mode) {
    return run(ImportPlan.whole(mode));
  }

  ImportRun group(String id) {
    return groups(id);
  }

  ImportRun groups(String... ids) {
    return run(ImportPlan.groups(List.of(ids), Mode.NEW_AND_UPDATE));
  }

  ImportRun run(ImportPlan plan) {
    long id = imports.start(ANN, integration, plan).id();
    core.deliver();
    return imports.find(id);
  }

  User user(String externalId) {
    return users.list(new PageRequest(0, 500, "", Map.of())).items().stream()
        .filter(user -> user.externalId().equals(externalId))
        .findFirst()
        .orElseThrow();
  }

  List<String> members(String externalId) {
    Group group =
        groups.list(PageRequest.first()).items().stream()
            .filter(each -> each.externalId().equals(externalId))
            .findFirst()
            .orElseThrow();
    return users
        .list(new PageRequest(0, 500, "", Map.of("group", Long.toString(group.id()))))
        .items()
        .stream()
        .map(User::externalId)
        .toList();
  }

  List<AuditEntry> audited(String action) {
    return core.get(Audit.class).list(PageRequest.first().with("action", action)).items();
  }

  static String[] ids(int count) {
    String[] ids = new String[count];
    for (int i = 0; i < count; i++) {
      ids[i] = "u" + (i + 1);
    }
    return ids;
  }
}
