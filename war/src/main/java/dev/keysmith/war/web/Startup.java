package dev.keysmith.war.web;

import dev.keysmith.core.server.Server;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;

/** Starts the server with the web application; a failure keeps the application from deploying. */
@WebListener
public class Startup implements ServletContextListener {

  @Inject Server server;
  @Inject PublicAddress address;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    // Behind a proxy requests come without TLS; the session's cookie must not go without all the
    // same. Without a configured address the container marks it where a request is secure.
    if (address.isSecure()) {
      SessionCookieConfig cookie = event.getServletContext().getSessionCookieConfig();
      cookie.setSecure(true);
      cookie.setName(Cookies.name("keysmith", true));
      cookie.setPath("/");
    }
    server.start();
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    server.stop();
  }
}
