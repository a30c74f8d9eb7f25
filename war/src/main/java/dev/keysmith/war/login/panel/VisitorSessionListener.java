package dev.keysmith.war.login.panel;

import dev.keysmith.core.access.Caller;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

/** Tells {@link VisitorSessions} which sessions begin and end. */
@WebListener
public class VisitorSessionListener implements HttpSessionListener, HttpSessionIdListener {

  @Inject VisitorSessions visitors;
  @Inject Caller caller;

  @Override
  public void sessionCreated(HttpSessionEvent event) {
    visitors.begun(event.getSession(), Caller.addressOf(caller).orElse(""));
  }

  @Override
  public void sessionDestroyed(HttpSessionEvent event) {
    visitors.forget(event.getSession().getId());
  }

  @Override
  public void sessionIdChanged(HttpSessionEvent event, String oldId) {
    visitors.forget(oldId);
  }
}
