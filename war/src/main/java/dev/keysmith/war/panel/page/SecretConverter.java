package dev.keysmith.war.panel.page;

import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.convert.Converter;
import jakarta.faces.convert.FacesConverter;
import org.jspecify.annotations.Nullable;

/** Passwords as characters that can be erased; never written back into a page. */
@FacesConverter("keysmith.secret")
public class SecretConverter implements Converter<char[]> {

  @Override
  public char @Nullable [] getAsObject(
      FacesContext faces, UIComponent component, @Nullable String value) {
    // Browsers end lines by CR LF; a key in PEM is to be stored as it was copied.
    return value == null ? null : value.replace("\r\n", "\n").toCharArray();
  }

  @Override
  public String getAsString(FacesContext faces, UIComponent component, char @Nullable [] value) {
    return "";
  }
}
