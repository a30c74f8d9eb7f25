package dev.keysmith.war.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The REST API. */
@ApplicationPath("/api")
public class Api extends Application {

  /** JSON is read and written by {@link dev.keysmith.war.json.JsonProvider} alone. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.disableJsonBinding", true, "jersey.config.server.wadl.disableWadl", true);
  }
}
