package dev.keysmith.war.panel.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;

/** Words that a page hands to its script. */
@Named
@RequestScoped
@OnlyFor({})
public class ScriptTexts {

  @Inject Viewer viewer;

  /** The texts whose keys begin so; several beginnings are divided by blanks. */
  public List<Map.Entry<String, String>> beginning(String beginnings) {
    return viewer.getTexts().beginning(List.of(beginnings.split(" ")));
  }
}
