package dev.keysmith.core.station;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of stations. */
public enum StationMessage implements MessageCode {
  KEY_KNOWN("station.key-known"),
  NAME("station.name", "most"),
  NO_SUCH_PAIRING("station.pairing", "id"),
  NOT_FOR_CALLER("station.not-for-caller", "station"),
  NOT_FOR_USER("station.not-for-user", "station", "login"),
  NOT_PROVEN("station.not-proven"),
  PAIRING_OVER("station.pairing-over"),
  REVOKED("station.revoked", "station"),
  SITE("station.site", "most"),
  TOO_MANY_GROUPS("station.too-many-groups", "most"),
  UNKNOWN("station.unknown", "id"),
  WRONG_CODE("station.code");

  private final String code;
  private final List<String> parameters;

  StationMessage(String code, String... parameters) {
    this.code = code;
    this.parameters = List.of(parameters);
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public List<String> parameters() {
    return parameters;
  }
}
