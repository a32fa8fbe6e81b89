import type { JSX } from 'preact';
import { evaluatePolicy } from '../policy/evaluatePolicy';
import type { ReportModel } from '../report/reportModel';
import { reportWhatIf } from '../report/whatIfReport';
import { printWhatIfMarkdown } from '../report/whatIfTables';
import { ScrollArea } from './dataTable';
import { judgeBoard, type JudgedBoard } from './judgeBoard';
import { usePage } from './pageContext';

/** What the board says of the chosen cloud, guideline and policy, as Markdown to be mailed. */
export function SummaryView(): JSX.Element {
  const { model, state, host, announce } = usePage();
  const board = judgeBoard(model, state.board);
  if (!board) return <p class="empty">There is no guideline to judge.</p>;
  const text = printSummary(model, board);
  return (
    <>
      <div class="bar">
        <p class="bar-note">
          {board.profile.name} against {board.guideline.id}, with the policy of the what-if board.
        </p>
        <button
          type="button"
          class="action last"
          onClick={() => {
            void host
              .copy(text)
              .then((isCopied) => announce(isCopied ? 'Copied' : 'Could not be copied: save it instead'));
          }}
        >
          Copy
        </button>
        <button
          type="button"
          class="action"
          onClick={() => {
            host.save({ name: 'interop-lens-summary.md', type: 'text/markdown', text });
            announce('Saved');
          }}
        >
          Save
        </button>
      </div>
      <ScrollArea label="Summary as Markdown">
        <pre class="summary">{text}</pre>
      </ScrollArea>
    </>
  );
}

/** The same that `interop-lens whatif --format md` prints of one guideline. */
function printSummary(model: ReportModel, board: JudgedBoard): string {
  const guideline = model.whatIf.guidelines[board.judged.guideline];
  const input = { ...model.whatIf, guidelines: guideline ? [guideline] : [] };
  return printWhatIfMarkdown(reportWhatIf(evaluatePolicy(input, board.profile, board.verdict.policy), input));
}
