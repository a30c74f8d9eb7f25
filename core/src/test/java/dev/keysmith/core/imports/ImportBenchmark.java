package dev.keysmith.core.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.imports.ImportPlan.Mode;
import dev.keysmith.core.imports.ImportRun.State;
import dev.keysmith.core.integration.IntegrationDraft;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.secret.MasterKeyCheck;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How long 100,000 users take. Prints numbers and asserts none of them; run by name: {@code
 * -Dtest=ImportBenchmark}.
 */
class ImportBenchmark {

  private static final int COUNT = 100_000;
  private static final Actor ANN = Actor.operator(1, "ann");

  @RegisterExtension final Core core = new Core();

  @Test
  void importsAHundredThousandUsersAndListsThem() {
    FakeIdentityProvider provider = new FakeIdentityProvider().users(COUNT);
    FakeIdentityProviderFactory.serve(core.get(Plugins.class), "https://a.example", provider);
    core.get(MasterKeyCheck.class).run();
    long integration =
        core.get(Integrations.class)
            .create(
                ANN,
                new IntegrationDraft(
                    "A",
                    "fake",
                    Map.of("origin", "https://a.example"),
                    Map.of("api-token", "right".toCharArray())))
            .id();
    time("first import", () -> run(integration));
    time("second import, nothing changed", () -> run(integration));
    Users users = core.get(Users.class);
    for (int round = 0; round < 3; round++) {
      time("first page", () -> users.list(PageRequest.first()));
      time("last page", () -> users.list(new PageRequest(COUNT - 50, 50, "", Map.of())));
      time("search, many", () -> users.list(PageRequest.first().with("text", "person u99")));
      time("search, one", () -> users.list(PageRequest.first().with("text", "u99999@")));
      time("search, none", () -> users.list(PageRequest.first().with("text", "nobody")));
    }
  }

  private void run(long integration) {
    Imports imports = core.get(Imports.class);
    long id = imports.start(ANN, integration, ImportPlan.whole(Mode.NEW_AND_UPDATE)).id();
    core.get(ImportRunner.class).run(new ImportRequested(id));
    assertThat(imports.find(id).state()).isEqualTo(State.DONE);
    assertThat(imports.find(id).counts().seen()).isEqualTo(COUNT);
  }

  private static void time(String what, Runnable work) {
    long begin = System.nanoTime();
    work.run();
    Runtime memory = Runtime.getRuntime();
    System.out.printf(
        "%-32s %,8d ms, heap %,d MB%n",
        what,
        (System.nanoTime() - begin) / 1_000_000,
        (memory.totalMemory() - memory.freeMemory()) >> 20);
  }
}
