package dev.keysmith.core.harness;

import dev.keysmith.core.mail.MailTexts;
import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.platform.ContainerResources;
import dev.keysmith.core.platform.SystemSources;
import dev.keysmith.core.server.Server;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Puts the test's resources where a server has its own, and starts nothing by itself. */
final class TestResources implements Extension {

  private final Core.State state;

  TestResources(Core.State state) {
    this.state = state;
  }

  void without(@Observes ProcessAnnotatedType<?> type) {
    Class<?> bean = type.getAnnotatedType().getJavaClass();
    if (bean == ContainerResources.class
        || bean == SystemSources.class
        || bean == Server.class
        || bean == Configuration.class) {
      type.veto();
    }
  }

  void instead(@Observes AfterBeanDiscovery beans) {
    add(beans, DataSource.class, () -> state.database.dataSource);
    add(beans, ExecutorService.class, () -> state.threads);
    add(beans, Clock.class, () -> state.clock);
    add(beans, SecureRandom.class, SecureRandom::new);
    add(beans, MailTexts.class, () -> TestResources::text);
    add(
        beans,
        Configuration.class,
        () -> new Configuration(key -> Optional.ofNullable(state.configuration.get(key))));
  }

  /** A text of an e-mail that shows what it is made of; the bundles are not on this class path. */
  private static String text(Locale language, String key, Object... values) {
    return language + " " + key + " " + Arrays.asList(values);
  }

  private static <T> void add(AfterBeanDiscovery beans, Class<T> type, Supplier<T> instance) {
    beans.<T>addBean().types(type).scope(Dependent.class).createWith(context -> instance.get());
  }
}
