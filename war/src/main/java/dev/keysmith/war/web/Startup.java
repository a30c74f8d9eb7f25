package dev.keysmith.war.web;

import dev.keysmith.core.server.Server;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Starts the server with the web application; a failure keeps the application from deploying. */
@WebListener
public class Startup implements ServletContextListener {

  @Inject Server server;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    server.start();
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    server.stop();
  }
}
