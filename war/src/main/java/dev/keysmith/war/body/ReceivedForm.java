package dev.keysmith.war.body;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is here and is a form: its fields, and those of the address, are its
 * parameters. The container does not read it, because it would wait for each part without end.
 */
final class ReceivedForm extends HttpServletRequestWrapper {

  private final Map<String, String[]> parameters;

  ReceivedForm(HttpServletRequest request, FormFields fields) {
    super(request);
    this.parameters = Collections.unmodifiableMap(fields.asParameters());
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters.keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return parameters;
  }

  @Override
  public void setCharacterEncoding(String encoding) {
    // Faces does it for every form; the fields are read already, as UTF-8.
  }

  @Override
  public ServletInputStream getInputStream() {
    throw new IllegalStateException("The body is read already, as a form");
  }

  @Override
  public BufferedReader getReader() {
    throw new IllegalStateException("The body is read already, as a form");
  }
}
