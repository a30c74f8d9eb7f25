package dev.keysmith.war.panel.list;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WizardStepsTest {

  @Test
  void staysAtTheStepWhereAChoiceIsMissing() {
    WizardSteps steps = WizardSteps.of(Requests.with("step", "4"), 4, 2);

    assertThat(steps.getNow()).isEqualTo(2);
    assertThat(steps.isMissing()).isTrue();
    assertThat(steps.isLast()).isFalse();
  }

  @Test
  void goesWhereTheButtonSaysAndNotWhereThePageWas() {
    WizardSteps steps = WizardSteps.of(Requests.with("step", "2", "go", "3"), 4, 4);

    assertThat(steps.getNow()).isEqualTo(3);
    assertThat(steps.style(1)).isEqualTo("ks-past");
    assertThat(steps.current(3)).isEqualTo("step");
  }

  @Test
  void goesBackWithAllChoicesKept() {
    WizardSteps steps =
        WizardSteps.of(Requests.with("step", "3", "go", "4", "group", "a b", "group", "c"), 4, 4);

    assertThat(steps.getBack()).isEqualTo("?step=3&group=a+b&group=c");
  }
}
