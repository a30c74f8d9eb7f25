package dev.keysmith.war.panel.page;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.login.panel.Reauthentication;
import dev.keysmith.war.text.Texts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Carries out what the buttons of pages ask for, and tells how it went. */
@RequestScoped
public class FacesActions {

  @Inject Viewer viewer;

  /**
   * Makes a call of core. A problem becomes a message on the page; anything else is a fault of
   * ours, and the error page tells of it.
   *
   * @param done the key of the text that says that it is done
   * @return whether it is done
   */
  public boolean act(Runnable call, String done) {
    Texts texts = viewer.getTexts();
    Optional<String> problem = problem(call, texts);
    problem.ifPresentOrElse(
        text -> say(FacesMessage.SEVERITY_ERROR, text),
        () -> say(FacesMessage.SEVERITY_INFO, texts.text(done)));
    if (problem.isPresent()) {
      FacesContext.getCurrentInstance().validationFailed();
    }
    return problem.isEmpty();
  }

  /** Makes a call of core that tells by itself how it went, unless there is a problem. */
  public boolean actQuietly(Runnable call) {
    Optional<String> problem = problem(call, viewer.getTexts());
    problem.ifPresent(
        text -> {
          say(FacesMessage.SEVERITY_ERROR, text);
          FacesContext.getCurrentInstance().validationFailed();
        });
    return problem.isEmpty();
  }

  /** Says one of two texts, by their keys. */
  public void sayWhether(boolean good, String yes, String no) {
    say(
        good ? FacesMessage.SEVERITY_INFO : FacesMessage.SEVERITY_ERROR,
        viewer.getTexts().text(good ? yes : no));
  }

  /** Makes a call of core that ends with another page, which tells enough. */
  public void actAndGo(Runnable call, String path) {
    Optional<String> problem = problem(call, viewer.getTexts());
    if (problem.isPresent()) {
      say(FacesMessage.SEVERITY_ERROR, problem.get());
    } else {
      go(path);
    }
  }

  /** Leaves for another page of the panel. */
  public void go(String path) {
    try {
      FacesContext.getCurrentInstance().getExternalContext().redirect(path);
    } catch (IOException e) {
      throw new UncheckedIOException("The browser went away", e);
    }
  }

  /** Says something at the top of the page. */
  public void say(FacesMessage.Severity severity, String text) {
    FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, text, null));
  }

  private static Optional<String> problem(Runnable call, Texts texts) {
    try {
      call.run();
      return Optional.empty();
    } catch (RuntimeException e) {
      if (e instanceof ProblemException problem && problem.code().equals(Reauthentication.CODE)) {
        // The page's script asks, and then does it once more.
        FacesContext.getCurrentInstance()
            .getExternalContext()
            .setResponseHeader("X-Keysmith-Not-Fresh", "true");
      }
      return Optional.of(texts.failure(e).orElseThrow(() -> e));
    }
  }
}
