package dev.keysmith.war.panel.integration;

import dev.keysmith.core.platform.Configuration;
import dev.keysmith.war.json.Json;
import dev.keysmith.war.panel.page.OnlyFor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import tools.jackson.core.JacksonException;

/**
 * Practice mode: where the practice org is, what to enter for it, and whether it let anybody in.
 */
@Named("practice")
@ApplicationScoped
@OnlyFor({})
public class Practice {

  private static final int PATIENCE_MILLIS = 1_000;

  private Configuration configuration;
  private volatile boolean signedIn;

  /** For the container. */
  protected Practice() {}

  /** By what the server was started with. */
  @Inject
  public Practice(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Whether a practice org stands in for the identity provider. */
  public boolean isOn() {
    return !getOrg().isEmpty();
  }

  /** The address of the practice org; empty outside practice mode. */
  public String getOrg() {
    return configuration.text("keysmith.practice.org").orElse("");
  }

  /** The API token of the practice org, which opens nothing else; empty outside practice mode. */
  public String getToken() {
    return configuration.text("keysmith.practice.token").orElse("");
  }

  /** Whether a person has signed in to the practice org with a passkey. */
  public boolean hasSignedIn() {
    if (!signedIn && isOn()) {
      signedIn = askForSignIns() > 0;
    }
    return signedIn;
  }

  private int askForSignIns() {
    try {
      URLConnection connection =
          URI.create(getOrg()).resolve("/practice/api/activity").toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      try (InputStream answer = connection.getInputStream()) {
        return Json.MAPPER.readTree(answer).path("signIns").asInt(0);
      }
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      // The step stays open until the practice org answers again.
      return 0;
    }
  }
}
