package dev.keysmith.war.problem;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What a request is told that no feature has seen. */
public enum RequestMessage implements MessageCode {
  LOGIN_REQUIRED("login.required"),
  ROLE_MISSING("login.role-missing"),
  NOT_FOUND("request.not-found"),
  METHOD("request.method"),
  NOT_ACCEPTABLE("request.not-acceptable"),
  TOO_SLOW("request.too-slow"),
  TOO_LARGE("request.too-large"),
  MEDIA_TYPE("request.media-type"),
  ADDRESS_UNKNOWN("server.address-unknown"),
  BUSY("request.busy"),
  REFUSED("request.refused"),
  CHANGED_MEANWHILE("changed-meanwhile"),
  FAULT("server.fault", "incident");

  private final String code;
  private final List<String> parameters;

  RequestMessage(String code, String... parameters) {
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
