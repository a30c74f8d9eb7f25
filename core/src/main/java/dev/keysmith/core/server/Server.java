package dev.keysmith.core.server;

import dev.keysmith.core.event.Dispatcher;
import dev.keysmith.core.persistence.Schema;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.secret.MasterKeyCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import javax.sql.DataSource;

/**
 * Starts and stops what needs an order. If a step fails the application is not deployed, and the
 * log says why.
 */
@ApplicationScoped
public class Server {

  @Inject DataSource dataSource;
  @Inject MasterKeyCheck masterKey;
  @Inject Plugins plugins;
  @Inject Dispatcher dispatcher;
  @Inject Event<ServerStarted> started;

  void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
    Schema.migrate(dataSource);
    masterKey.run();
    plugins.load();
    dispatcher.start();
    started.fire(new ServerStarted());
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
    dispatcher.stop();
    plugins.close();
  }
}
