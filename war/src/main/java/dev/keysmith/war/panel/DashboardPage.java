package dev.keysmith.war.panel;

import dev.keysmith.core.directory.Users;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.operator.Role;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;

/** What there is, in figures. */
@Named("dashboard")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class DashboardPage {

  @Inject Users users;
  @Inject SecurityKeys keys;
  @Inject Passkeys passkeys;

  /** How many users there are. */
  public long getUsers() {
    return users.list(counting(Map.of())).total();
  }

  /** How many security keys there are. */
  public long getKeys() {
    return keys.list(counting(Map.of())).total();
  }

  /** How many security keys are in a state. */
  public long keysIn(String state) {
    return keys.list(counting(Map.of("state", SecurityKey.State.valueOf(state).name()))).total();
  }

  /** How many passkeys are in a state. */
  public long passkeysIn(String state) {
    return passkeys.list(counting(Map.of("state", Passkey.State.valueOf(state).name()))).total();
  }

  private static PageRequest counting(Map<String, String> filters) {
    return new PageRequest(0, 1, "", filters);
  }
}
