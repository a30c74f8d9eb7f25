package dev.keysmith.war.panel;

import dev.keysmith.war.text.Language;
import dev.keysmith.war.text.Texts;
import jakarta.faces.FacesException;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What becomes of exceptions in pages: problems are shown, a page that is too old is shown anew,
 * and faults are logged and lead to the error page, for requests of scripts too.
 */
final class Failures extends ExceptionHandlerWrapper {

  private static final Logger LOG = Logger.getLogger(Failures.class.getName());

  Failures(ExceptionHandler wrapped) {
    super(wrapped);
  }

  @Override
  public void handle() {
    FacesContext faces = FacesContext.getCurrentInstance();
    Iterator<ExceptionQueuedEvent> queued = getUnhandledExceptionQueuedEvents().iterator();
    while (queued.hasNext()) {
      Throwable failure = queued.next().getContext().getException();
      queued.remove();
      handle(failure, faces);
    }
  }

  private static void handle(Throwable failure, FacesContext faces) {
    HttpServletRequest request = (HttpServletRequest) faces.getExternalContext().getRequest();
    Optional<String> words = Acting.words(failure, Texts.in(Language.of(request)));
    if (isExpired(failure)) {
      go(faces, request.getRequestURI());
    } else if (words.isPresent() && faces.getPartialViewContext().isAjaxRequest()) {
      faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, words.get(), null));
      faces.renderResponse();
    } else if (words.isEmpty()) {
      LOG.log(Level.SEVERE, failure, () -> "The page " + request.getServletPath() + " failed");
      fail(faces, 500);
    } else {
      fail(faces, Acting.isNotFound(failure) ? 404 : 500);
    }
  }

  private static boolean isExpired(Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth++ < 10; t = t.getCause()) {
      if (t instanceof ViewExpiredException) {
        return true;
      }
    }
    return false;
  }

  private static void go(FacesContext faces, String path) {
    try {
      faces.getExternalContext().redirect(path);
      faces.responseComplete();
    } catch (IOException e) {
      throw new FacesException("The browser went away", e);
    }
  }

  private static void fail(FacesContext faces, int status) {
    try {
      if (faces.getPartialViewContext().isAjaxRequest()) {
        go(faces, "/panel/error");
      } else {
        faces.getExternalContext().responseSendError(status, null);
        faces.responseComplete();
      }
    } catch (IOException e) {
      throw new FacesException("The browser went away", e);
    }
  }
}
