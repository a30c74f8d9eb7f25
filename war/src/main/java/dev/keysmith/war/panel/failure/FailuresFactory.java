package dev.keysmith.war.panel.failure;

import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;

/** Makes Faces use {@link Failures}; named in {@code faces-config.xml}. */
public final class FailuresFactory extends ExceptionHandlerFactory {

  /** Called by Faces. */
  public FailuresFactory(ExceptionHandlerFactory wrapped) {
    super(wrapped);
  }

  @Override
  public ExceptionHandler getExceptionHandler() {
    return new Failures(getWrapped().getExceptionHandler());
  }
}
