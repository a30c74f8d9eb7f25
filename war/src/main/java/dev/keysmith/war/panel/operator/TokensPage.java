package dev.keysmith.war.panel.operator;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.apitoken.ApiToken;
import dev.keysmith.core.apitoken.ApiTokens;
import dev.keysmith.core.apitoken.IssuedApiToken;
import dev.keysmith.core.apitoken.NewApiToken;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.Reauthentication;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API tokens of scripts and other systems. */
@Named("tokens")
@RequestScoped
@OnlyFor(Role.ADMINISTRATOR)
public class TokensPage {

  private static final String ACTIVE = "active";

  @Inject ApiTokens tokens;
  @Inject CurrentOperator current;
  @Inject FacesActions acting;
  @Inject Clock clock;
  @Inject Reauthentication fresh;
  @Inject HttpServletRequest request;

  private String label = "";
  private Role role = Role.OPERATOR;
  private int days = 90;
  private long value;
  private String text = "";
  private @Nullable List<ApiToken> all;

  /** What a new token is for. */
  public String getLabel() {
    return label;
  }

  /** Called by Faces. */
  public void setLabel(String label) {
    this.label = label;
  }

  /** What a new token may do. */
  public Role getRole() {
    return role;
  }

  /** Called by Faces. */
  public void setRole(Role role) {
    this.role = role;
  }

  /** How many days a new token is good for; 0 for ever. */
  public int getDays() {
    return days;
  }

  /** Called by Faces. */
  public void setDays(int days) {
    this.days = days;
  }

  /** Which token an act is about. */
  public long getValue() {
    return value;
  }

  /** Called by Faces. */
  public void setValue(long value) {
    this.value = value;
  }

  /** The text of the token that has just been created, shown this once. */
  public String getText() {
    return text;
  }

  /** The roles that there are. */
  public Role[] getRoles() {
    return Role.values();
  }

  /** All tokens, the newest first; those that are of no use any more come last. */
  public List<ApiToken> getAll() {
    if (all == null) {
      all =
          tokens.list().stream()
              .sorted((a, b) -> Boolean.compare(isUsable(b), isUsable(a)))
              .toList();
    }
    return all;
  }

  private boolean isUsable(ApiToken token) {
    return token.isUsable(clock.instant());
  }

  /** Where a token stands: active, expired or revoked. */
  public String state(ApiToken token) {
    if (isUsable(token)) {
      return ACTIVE;
    }
    return token.revoked().isPresent() ? "revoked" : "expired";
  }

  /** Whether a token can be revoked. */
  public boolean isActive(ApiToken token) {
    return state(token).equals(ACTIVE);
  }

  /** Creates a token. */
  public void create() {
    acting.act(
        () -> {
          fresh.require(request);
          NewApiToken wanted =
              new NewApiToken(
                  label, role, days == 0 ? null : clock.instant().plus(Duration.ofDays(days)));
          IssuedApiToken issued = tokens.create(current.actor(), wanted);
          try {
            text = new String(issued.text());
          } finally {
            Arrays.fill(issued.text(), '\0');
          }
        },
        "tokens.created");
  }

  /** Refuses a token from now on. */
  public void revoke() {
    acting.act(() -> tokens.revoke(current.actor(), value), "tokens.revoked");
  }
}
