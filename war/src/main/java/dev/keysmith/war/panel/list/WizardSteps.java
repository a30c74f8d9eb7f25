package dev.keysmith.war.panel.list;

import dev.keysmith.war.body.FormFields;
import dev.keysmith.war.panel.page.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The steps of a wizard, whose choices are all in its address: nothing is kept on the server, and
 * the browser's way back works.
 */
public final class WizardSteps {

  private static final Set<String> STEERING = Set.of("step", "go", "part");

  private final HttpServletRequest request;
  private final int last;
  private final int ready;
  private final int wanted;

  private WizardSteps(HttpServletRequest request, int last, int ready, int wanted) {
    this.request = request;
    this.last = last;
    this.ready = ready;
    this.wanted = wanted;
  }

  /**
   * Reads the step that is asked for.
   *
   * @param last the number of the last step, the review
   * @param ready the last step whose choices before have all been made
   */
  public static WizardSteps of(HttpServletRequest request, int last, int ready) {
    int wanted =
        Parameters.optionalId(request, "go")
            .or(() -> Parameters.optionalId(request, "step"))
            .orElse(1L)
            .intValue();
    return new WizardSteps(request, last, ready, Math.max(1, Math.min(wanted, last)));
  }

  /** The step that is shown. */
  public int getNow() {
    return Math.min(wanted, ready);
  }

  /** Whether a later step was asked for, but a choice is missing here. */
  public boolean isMissing() {
    return wanted > ready;
  }

  /** Whether this is the last step. */
  public boolean isLast() {
    return getNow() == last;
  }

  /** The class of a step in the list of them. */
  public String style(int step) {
    if (step == getNow()) {
      return "ks-now";
    }
    return step < getNow() ? "ks-past" : "ks-later";
  }

  /** For {@code aria-current}. */
  public String current(int step) {
    return step == getNow() ? "step" : "false";
  }

  /** The address of the step before the one that is shown, with the same choices. */
  public String getBack() {
    StringBuilder address = new StringBuilder("?step=").append(getNow() - 1);
    FormFields.of(request)
        .all()
        .forEach(
            (name, values) -> {
              if (!STEERING.contains(name)) {
                for (String value : values) {
                  address.append('&').append(encoded(name)).append('=').append(encoded(value));
                }
              }
            });
    return address.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
