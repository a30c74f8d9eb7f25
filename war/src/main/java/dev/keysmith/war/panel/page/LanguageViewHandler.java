package dev.keysmith.war.panel.page;

import dev.keysmith.war.text.Language;
import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** Makes Faces speak the viewer's language; named in {@code faces-config.xml}. */
public final class LanguageViewHandler extends ViewHandlerWrapper {

  /** Called by Faces. */
  public LanguageViewHandler(ViewHandler wrapped) {
    super(wrapped);
  }

  @Override
  public Locale calculateLocale(FacesContext faces) {
    return Language.of((HttpServletRequest) faces.getExternalContext().getRequest());
  }
}
