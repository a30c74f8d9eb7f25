package dev.keysmith.core.server;

import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.core.event.Dispatcher;
import dev.keysmith.core.persistence.Schema;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.secret.MasterKeyCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import javax.sql.DataSource;

/**
 * Starts and stops what needs an order. The web application calls it: the container makes its
 * resources known only when that starts, later than it initialises CDI.
 */
@ApplicationScoped
public class Server {

  @Inject DataSource dataSource;
  @Inject MasterKeyCheck masterKey;
  @Inject Plugins plugins;
  @Inject Dispatcher dispatcher;
  @Inject Refusals refusals;
  @Inject Event<ServerStarted> started;
  @Inject Event<ServerStopping> stopping;

  /** To be called once. If a step fails the server cannot run, and the exception says why. */
  public void start() {
    NamedCaller.SERVER.run(this::startParts);
  }

  private void startParts() {
    Schema.migrate(dataSource);
    masterKey.run();
    plugins.load();
    dispatcher.start();
    started.fire(new ServerStarted());
  }

  /**
   * To be called once, before the application ends. What plugins have made is closed before the
   * class loaders of the plugins are, and after the events are that use it.
   */
  public void stop() {
    NamedCaller.SERVER.run(this::stopParts);
  }

  private void stopParts() {
    try {
      dispatcher.stop();
      refusals.finish();
      stopping.fire(new ServerStopping());
    } finally {
      plugins.close();
    }
  }
}
