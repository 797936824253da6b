// After a refused form the summary of what is missing is read first.
{
  const summary = document.getElementById("error-summary") || document.getElementById("verdict");
  if (summary) summary.focus();
}
