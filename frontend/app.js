import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { startCopying } from "./copy.js";
import { startPrinting, unfoldForPrint } from "./print.js";

const parts = [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink];
parts.forEach((part) => createAll(part));
startCopying(document);
startPrinting(window);
unfoldForPrint(window);
