package dev.keysmith.war.panel.failure;

import dev.keysmith.core.problem.Causes;
import dev.keysmith.war.problem.KnownProblems;
import dev.keysmith.war.text.Texts;
import dev.keysmith.war.web.RelativeRedirects;
import jakarta.faces.FacesException;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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

  /** By name: PrimeFaces is there at run time only. */
  private static final String NO_NONCE = "org.primefaces.csp.CspException";

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
    Optional<String> words = Texts.of(request).failure(failure);
    if (isExpired(failure)) {
      go(faces, RelativeRedirects.path(request));
    } else if (words.isPresent() && faces.getPartialViewContext().isAjaxRequest()) {
      faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, words.get(), null));
      faces.renderResponse();
    } else if (isOfAnotherPage(failure)) {
      LOG.info(() -> "A form for " + request.getServletPath() + " was not sent by our page");
      refuse(faces, request);
    } else if (words.isEmpty()) {
      log(failure, request);
      fail(faces, 500);
    } else {
      request.setAttribute(ErrorPage.WORDS, words.get());
      fail(faces, KnownProblems.status(failure));
    }
  }

  /** Strangers can send anything: it must not fill the log. */
  private static void log(Throwable failure, HttpServletRequest request) {
    String what = "The page " + request.getServletPath() + " failed";
    if (request.getUserPrincipal() == null) {
      LOG.warning(() -> what + " for a visitor: " + failure.getClass().getName());
      LOG.log(Level.FINE, failure, () -> what);
    } else {
      LOG.log(Level.SEVERE, failure, () -> what);
    }
  }

  /** Without the nonce of a page, which every form of ours brings along. */
  private static boolean isOfAnotherPage(Throwable failure) {
    return Causes.of(failure).anyMatch(it -> it.getClass().getName().equals(NO_NONCE));
  }

  private static boolean isExpired(Throwable failure) {
    return Causes.find(failure, ViewExpiredException.class).isPresent();
  }

  private static void go(FacesContext faces, String path) {
    try {
      faces.getExternalContext().redirect(path);
      faces.responseComplete();
    } catch (IOException e) {
      throw new FacesException("The browser went away", e);
    }
  }

  /** In one line, because the error page would want a nonce, too. */
  private static void refuse(FacesContext faces, HttpServletRequest request) {
    HttpServletResponse response = (HttpServletResponse) faces.getExternalContext().getResponse();
    try {
      response.resetBuffer();
      response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
      response.setContentType("text/plain;charset=UTF-8");
      response.getWriter().write(Texts.of(request).text("error.not-our-form"));
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
